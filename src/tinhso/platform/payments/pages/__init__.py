"""The pages of payments: for who pays, for officers, for the demonstration's bank."""

from django.conf import settings

from tinhso.platform.payments.pages import desk, paying, reconciliation

urlpatterns = [*paying.urlpatterns, *desk.urlpatterns, *reconciliation.urlpatterns]

if settings.DEMO:
    from tinhso.platform.payments.pages import simulator

    urlpatterns += simulator.urlpatterns
