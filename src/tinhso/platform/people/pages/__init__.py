"""Addresses of people: signing in, one's own account, who looked; in demo also the simulator and one-click sign-in."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tinhso.platform.people.pages import delegations, own, staff

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", own.sign_in, name="sign_in"),
    path("my/account/", own.account, name="account"),
    path("my/sights/", own.sights, name="sights"),
    path("work/staff/", staff.staff, name="staff"),
    path("work/delegations/", delegations.delegations, name="delegations"),
]

if settings.DEMO:
    from tinhso.platform.people.pages import demonstration, simulator

    urlpatterns += [
        path("demo/sign-in/<str:code>/", demonstration.sign_in_as, name="demo_sign_in"),
        path("simulators/vneid/", include(simulator.urlpatterns)),
    ]
