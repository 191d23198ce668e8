"""Addresses of the link: messages, what came in, comparisons; files for the portal; in demo also the simulator."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tinhso.modules.government.portal_link.pages import comparing, files, incoming, outbox

urlpatterns: list[URLPattern | URLResolver] = [
    path("work/portal/", outbox.show_outbox, name="outbox"),
    path("work/portal/resend/", outbox.resend, name="resend"),
    path("work/portal/messages/<int:message_id>/", outbox.show_message, name="message"),
    path("work/portal/messages/<int:message_id>/skip/", outbox.skip, name="skip"),
    path("work/portal/dossiers/<str:portal_code>/", outbox.show_dossier, name="dossier"),
    path("work/portal/incoming/", incoming.show_incoming, name="incoming"),
    path("work/portal/incoming/<str:public_id>/", incoming.show_submission, name="submission"),
    path("work/portal/incoming/<str:public_id>/release/", incoming.release, name="release"),
    path("work/portal/incoming/<str:public_id>/dismiss/", incoming.dismiss, name="dismiss"),
    path("work/portal/comparison/", comparing.show_comparison, name="comparison"),
    path("work/portal/comparison/now/", comparing.compare_now, name="compare_now"),
    path("work/portal/comparison/repair/", comparing.repair, name="repair"),
    path("portal-files/<str:token>/", files.send_file, name="file"),
]

if settings.DEMO:
    from tinhso.modules.government.portal_link.pages import simulator

    urlpatterns.append(path("simulators/national-portal/", include(simulator.urlpatterns)))
