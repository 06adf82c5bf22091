"""What the server runs."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from evenhand.workspace.site.body import limited

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.workspace.settings")
application = limited(get_asgi_application())
