"""Pages of alerts: open ones for the shift, one with its course and acts, the leaders' summary."""

from django.urls import path

from tinhso.modules.insight.alerts.pages import events, letters, lists, rules, single

urlpatterns = [
    path("", lists.show_list, name="list"),
    path("summary/", lists.show_summary, name="summary"),
    path("events/", events.show_events, name="events"),
    path("events/<slug:public_id>/withdraw/", events.withdraw, name="withdraw"),
    path("letters/", letters.show_letters, name="letters"),
    path("letters/contact/", letters.keep_contact, name="contact"),
    path("letters/confirm/<str:token>/", letters.confirm, name="confirm"),
    path("letters/stop/<str:token>/", letters.stop, name="stop"),
    path("rules/", rules.show_rules, name="rules"),
    path("rules/<slug:code>/", rules.show_rule, name="rule"),
    path("<str:public_id>/", single.show_alert, name="alert"),
    path("<str:public_id>/act/", single.act, name="act"),
    path("<str:public_id>/note/", single.note, name="note"),
]
