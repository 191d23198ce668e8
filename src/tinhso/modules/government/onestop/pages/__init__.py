"""Addresses of the one-stop module: the portal for citizens, the workspace for officers. Each page file brings its own."""

from tinhso.modules.government.onestop.pages import (
    acting,
    attachments,
    case,
    finding,
    home,
    oversight,
    signqueue,
    workspace,
)

portal = [*home.urlpatterns, *finding.urlpatterns]
desk = [
    *workspace.urlpatterns,
    *signqueue.urlpatterns,
    *oversight.urlpatterns,
    *case.urlpatterns,
    *attachments.urlpatterns,
    *acting.urlpatterns,
]
urlpatterns = [*portal, *desk]
