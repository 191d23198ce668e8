"""Addresses of the catalogue in the workspace: the report, a record, comparing, cutting, everyday words."""

from tinhso.platform.catalogue.pages import comparing, record, report, words

urlpatterns = [*report.urlpatterns, *words.urlpatterns, *comparing.urlpatterns, *record.urlpatterns]
