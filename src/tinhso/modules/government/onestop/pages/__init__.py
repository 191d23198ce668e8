"""Addresses of the one-stop module: the portal for citizens, the workspace for officers. Each page file brings its own."""

from django.urls import path

from tinhso.modules.government.onestop.pages import (
    acting,
    answering,
    attachments,
    case,
    correcting,
    counter,
    filing,
    finding,
    home,
    letters,
    locker,
    looking_up,
    moved,
    oversight,
    own,
    papers,
    rating,
    ratings,
    register,
    sealing,
    searching,
    signqueue,
    slips,
    starting,
    tracking,
    verifying,
    workspace,
)

portal = [
    *home.urlpatterns,
    *finding.urlpatterns,
    *starting.urlpatterns,
    *papers.urlpatterns,
    *filing.urlpatterns,
    *tracking.urlpatterns,
    *answering.urlpatterns,
    *rating.urlpatterns,
    *looking_up.urlpatterns,
    *own.urlpatterns,
    *verifying.urlpatterns,
    *letters.urlpatterns,
    *locker.urlpatterns,
    path("t/<slug:public_id>", looking_up.tracked, name="short"),  # printed in QR codes, sent in text messages
]
desk = [
    *workspace.urlpatterns,
    *searching.urlpatterns,
    *counter.urlpatterns,
    *signqueue.urlpatterns,
    *sealing.urlpatterns,
    *correcting.urlpatterns,
    *slips.urlpatterns,
    *register.urlpatterns,
    *oversight.urlpatterns,
    *ratings.urlpatterns,
    *moved.urlpatterns,
    *case.urlpatterns,
    *attachments.urlpatterns,
    *acting.urlpatterns,
]
urlpatterns = [*portal, *desk]
