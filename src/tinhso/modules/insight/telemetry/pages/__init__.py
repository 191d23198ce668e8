"""Pages of telemetry: devices and their courses, events to be reviewed, orders, administration, tables to take away."""

from django.urls import path

from tinhso.modules.insight.telemetry.pages import administering, devices, downloads, events, ordering
from tinhso.modules.insight.telemetry.pages.panels import PANELS

urlpatterns = [
    path("", devices.show_devices, name="devices"),
    path("table.xlsx", downloads.devices_xlsx, name="devices_xlsx"),
    path("devices/new/", administering.add, name="add"),
    path("devices/<slug:code>/", devices.show_device, name="device"),
    path("devices/<slug:code>/table.csv", downloads.course_csv, name="csv"),
    path("devices/<slug:code>/table.xlsx", downloads.course_xlsx, name="xlsx"),
    path("devices/<slug:code>/move/", administering.move, name="move"),
    path("devices/<slug:code>/state/", administering.set_state, name="state"),
    path("devices/<slug:code>/key/", administering.renew_key, name="renew_key"),
    path("devices/<slug:code>/order/", ordering.order, name="order"),
    path("events/", events.show_events, name="events"),
    path("events/table.csv", events.events_csv, name="events_csv"),
    path("events/<slug:public_id>/", events.show_event, name="event"),
    path("events/<slug:public_id>/review/", events.review, name="review"),
]
__all__ = ["PANELS", "urlpatterns"]
