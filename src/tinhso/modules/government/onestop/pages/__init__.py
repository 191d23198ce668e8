"""Addresses of the one-stop module: the portal for citizens, the workspace for officers. Each page file brings its own."""

from tinhso.modules.government.onestop.pages import (
    acting,
    answering,
    attachments,
    case,
    filing,
    finding,
    home,
    looking_up,
    oversight,
    own,
    papers,
    signqueue,
    starting,
    tracking,
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
    *looking_up.urlpatterns,
    *own.urlpatterns,
]
desk = [
    *workspace.urlpatterns,
    *signqueue.urlpatterns,
    *oversight.urlpatterns,
    *case.urlpatterns,
    *attachments.urlpatterns,
    *acting.urlpatterns,
]
urlpatterns = [*portal, *desk]
