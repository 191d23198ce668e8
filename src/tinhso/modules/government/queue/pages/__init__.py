"""Addresses of the queue: the machine in the hall, the number on the phone, the screen on the wall, the officer's desk."""

from tinhso.modules.government.queue.pages import desk, hall

urlpatterns = [*hall.urlpatterns, *desk.urlpatterns]
