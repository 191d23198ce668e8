"""Pages of alerts: open ones for the shift, one with its course and acts, the leaders' summary."""

from django.urls import path

from tinhso.modules.insight.alerts.pages import lists, single

urlpatterns = [
    path("", lists.show_list, name="list"),
    path("summary/", lists.show_summary, name="summary"),
    path("<str:public_id>/", single.show_alert, name="alert"),
    path("<str:public_id>/act/", single.act, name="act"),
    path("<str:public_id>/note/", single.note, name="note"),
]
