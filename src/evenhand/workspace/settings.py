"""Django's settings, from the configuration. Nothing is made here: the first start makes folder and key."""

from __future__ import annotations

from typing import Any

import dj_database_url

from evenhand.workspace.configuration import current

CONFIGURATION = current()

SECRET_KEY = CONFIGURATION.key() or "no key was made yet"
DEBUG = False
ALLOWED_HOSTS = list(CONFIGURATION.hosts)
ROOT_URLCONF = "evenhand.workspace.urls"
ASGI_APPLICATION = "evenhand.workspace.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "evenhand.workspace.site",
    "evenhand.workspace.people",  # before allauth, whose pages it writes anew
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "evenhand.workspace.organisations",
    "evenhand.workspace.trail",
    "evenhand.workspace.tasks",
    "evenhand.workspace.figures",
    "evenhand.workspace.loading",
    "evenhand.workspace.portfolio",
    "evenhand.workspace.contracts",
    "evenhand.workspace.negotiations",
    "evenhand.workspace.escalation",
    "evenhand.workspace.payments",
    "evenhand.workspace.executive",
    "evenhand.workspace.talks",
    "evenhand.workspace.ready",
    "evenhand.workspace.running",
    "evenhand.workspace.api",
]

MIDDLEWARE = [
    "evenhand.workspace.site.middleware.strict_headers",
    "django.middleware.security.SecurityMiddleware",
    "evenhand.workspace.site.static_files.StaticFiles",
    "evenhand.workspace.site.middleware.BrowsersMethods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "evenhand.workspace.people.middleware.SlidingSession",
    "evenhand.workspace.people.middleware.SecondFactor",
    "evenhand.workspace.site.middleware.ToldErrors",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evenhand.workspace.organisations.desk.in_templates",
                "evenhand.workspace.navigation.pages",
            ],
        },
    }
]

FORM_RENDERER = "evenhand.workspace.site.renderer.SiteForms"
GALLERY = CONFIGURATION.demo

# Data

_SQLITE = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "pragma journal_mode = wal; pragma synchronous = full;",
}


def _database(url: str) -> dict[str, Any]:
    found: dict[str, Any] = dict(dj_database_url.parse(url))
    if found["ENGINE"].endswith("sqlite3"):
        return found | {"OPTIONS": _SQLITE}
    return found | {"OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}}, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database(CONFIGURATION.database)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "workspace_cache"}}
ATTACHMENTS = CONFIGURATION.folder / "attachments"
STAGING = CONFIGURATION.folder / "staging"
MAIL_FOLDER = CONFIGURATION.mail_folder
UPLOAD_MOST_BYTES, UPLOAD_MOST_FILES = 2 * 2**30, 2_000  # brought in at once
REQUEST_MOST_BYTES = 100 * 2**20  # of any other form
UPLOAD_MOST_UNPACKED, UPLOAD_MOST_MEMBERS = 20 * 2**30, 20_000  # inside one archive
DATA_UPLOAD_MAX_NUMBER_FILES = UPLOAD_MOST_FILES + 2
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000

# People

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL = "enter" if CONFIGURATION.demo else "account_login", "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
SESSION_COOKIE_AGE = CONFIGURATION.session_hours * 3600
SESSION_SAVE_EVERY_REQUEST = False  # SlidingSession lengthens it now and then
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Signing in

SECOND_FACTOR_DEMANDED = CONFIGURATION.second_factor and not CONFIGURATION.demo
PROXIES = CONFIGURATION.proxies
ACCOUNT_ADAPTER = "evenhand.workspace.people.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator vouches for whom he invites
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/15m/ip,5/15m/key",
    "reauthenticate": "5/5m/user",
    "change_password": "5/m/user",
    "reset_password": "10/h/ip,3/h/key",
    "reset_password_from_key": "20/h/ip",
}
MFA_ADAPTER = "evenhand.workspace.people.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Evenhand"
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "evenhand.workspace.people.adapters.Providers"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": CONFIGURATION.providers(), "OAUTH_PKCE_ENABLED": True}}
FORM_ORIGINS = CONFIGURATION.provider_origins()

# Letters

_MAIL = CONFIGURATION.mail()
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _MAIL.get("host", "localhost"), _MAIL.get("port", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.get("user", ""), _MAIL.get("password", "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.get("scheme") == "smtps", bool(_MAIL.get("starttls"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = CONFIGURATION.mail_from

# How it is reached

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = CONFIGURATION.https
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if CONFIGURATION.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = CONFIGURATION.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.proxies else None
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in CONFIGURATION.hosts] if CONFIGURATION.https else []
X_FRAME_OPTIONS = "DENY"

# Files the site itself is made of

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Words and days

LANGUAGE_CODE, TIME_ZONE, USE_TZ, USE_I18N = "en-us", "UTC", True, False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
