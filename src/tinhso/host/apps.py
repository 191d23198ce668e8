"""Registration of the host: templates, static files, texts."""

from django.apps import AppConfig


class HostConfig(AppConfig):
    """The outermost ring as a Django app."""

    name = "tinhso.host"
    label = "host"
