"""What people do on pages alone, and why no token does it; the page for programs and the manual show this list."""

from __future__ import annotations

from typing import NamedTuple


class OnPages(NamedTuple):
    """Something without an operation: what it is, why, and the pages on which people do it."""

    what: str
    why: str
    pages: tuple[str, ...]


ON_PAGES = (
    OnPages(
        "Signing in and out, passwords, second factors, recovery codes",
        "they prove who somebody is; a token proves only what it was given",
        (
            *("account_login", "account_logout", "account_signup", "account_inactive", "account_reauthenticate"),
            *("account_change_password", "account_set_password", "account_reset_password"),
            *("account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done"),
            *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
            *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
            *("socialaccount_login_cancelled", "openid_connect_login", "openid_connect_callback", "enter"),
        ),
    ),
    OnPages(
        "Coming in by the first link or by an invitation",
        "whoever comes in is another person, and no token stands in for two",
        ("first", "invitation"),
    ),
    OnPages(
        "Making and revoking tokens",
        "a token that makes tokens could not be revoked",
        ("tokens", "token-revoke"),
    ),
    OnPages(
        "One's own name and sessions",
        "they hold in every organisation, and a token opens one",
        ("own", "end-session"),
    ),
    OnPages(
        "Starting another organisation",
        "that is for whoever looks after the installation, and a token opens one organisation",
        ("new-organisation",),
    ),
    OnPages(
        "Making the secret link to one's calendar",
        "it opens without a token and would outlive one; a token reads the calendar itself, and revokes the link",
        ("calendar-link", "calendar"),
    ),
)
