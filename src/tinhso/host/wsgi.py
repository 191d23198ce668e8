"""The door for the web server."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from tinhso.host.children import die_with_my_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.host.settings")
if os.environ.get("TINHSO_SUPERVISED"):
    die_with_my_parent(signal.SIGKILL)
application = get_wsgi_application()
