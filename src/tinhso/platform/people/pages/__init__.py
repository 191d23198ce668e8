"""Addresses of people: signing in, one's own account, who looked; in demo also the simulator and one-click sign-in."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tinhso.platform.people.pages import delegations, officer, own, staff

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", own.sign_in, name="sign_in"),
    path("my/account/", own.account, name="account"),
    path("my/sights/", own.sights, name="sights"),
    path("work/staff/", staff.staff, name="staff"),
    path("work/staff/new/", staff.take_on, name="take_on"),
    path("work/staff/<str:code>/", officer.officer, name="officer"),
    path("work/staff/<str:code>/appoint/", officer.appoint, name="appoint"),
    path("work/staff/<str:code>/posts/<int:post_id>/end/", officer.end_post, name="end_post"),
    path("work/staff/<str:code>/password/", officer.renew_password, name="renew_password"),
    path("work/staff/<str:code>/second-factor/", officer.remove_second_factor, name="remove_second_factor"),
    path("work/delegations/", delegations.delegations, name="delegations"),
    path("work/delegations/new/", delegations.delegate, name="delegate"),
    path("work/delegations/<str:code>/revoke/", delegations.revoke, name="revoke"),
]

if settings.DEMO:
    from tinhso.platform.people.pages import demonstration, simulator

    urlpatterns += [
        path("demo/sign-in/<str:code>/", demonstration.sign_in_as, name="demo_sign_in"),
        path("simulators/vneid/", include(simulator.urlpatterns)),
    ]
