"""Addresses of the one-stop module: the portal for citizens, the workspace for officers. Each page file brings its own."""

from tinhso.modules.government.onestop.pages import finding, home

urlpatterns = [
    *home.urlpatterns,
    *finding.urlpatterns,
]
