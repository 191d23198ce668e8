"""The door for the web server."""

import atexit
import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.host.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
gc.freeze()  # what is loaded by now stays: looking through it for garbage would hold all requests up for a tenth of a second
atexit.register(gc.unfreeze)  # what was written in C wants to see its objects go
