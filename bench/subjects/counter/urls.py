"""The two doors."""

from django.urls import path

from bench.subjects.counter.framework import FileDossier
from bench.subjects.counter.hand import file

urlpatterns = [path("hand", file), path("framework", FileDossier.as_view())]
