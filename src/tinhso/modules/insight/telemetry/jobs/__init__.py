"""What telemetry does by itself: writing the archive, listening to the broker, speaking as the invented devices."""

from tinhso.modules.insight.telemetry.jobs import archiving
from tinhso.modules.insight.telemetry.jobs.listening import listen
from tinhso.modules.insight.telemetry.jobs.simulating import simulate

__all__ = ["archiving", "listen", "simulate"]
