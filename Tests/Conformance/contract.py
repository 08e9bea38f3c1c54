"""What Proto/ declares, as Python: every message of seduta.v1, and every method by its request.

Nothing here is written by hand but the list of files: the classes come from protoc, the methods
from the `service` and `rpc` lines of the same files.
"""

from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from seduta.v1 import (
    admin_pb2,
    appointments_pb2,
    attendance_pb2,
    benefits_pb2,
    clients_pb2,
    directory_pb2,
    events_pb2,
    health_pb2,
    holds_pb2,
    intents_pb2,
    ledger_pb2,
    locations_pb2,
    money_pb2,
    notifications_pb2,
    package_links_pb2,
    packages_pb2,
    payment_methods_pb2,
    payments_pb2,
    policies_pb2,
    requests_pb2,
    sandbox_pb2,
    schedules_pb2,
    series_pb2,
    services_pb2,
    settlements_pb2,
    slots_pb2,
    therapies_pb2,
    therapists_pb2,
    webhooks_pb2,
)
from seduta.v1.admin_pb2 import *  # noqa: F401,F403
from seduta.v1.appointments_pb2 import *  # noqa: F401,F403
from seduta.v1.attendance_pb2 import *  # noqa: F401,F403
from seduta.v1.benefits_pb2 import *  # noqa: F401,F403
from seduta.v1.clients_pb2 import *  # noqa: F401,F403
from seduta.v1.directory_pb2 import *  # noqa: F401,F403
from seduta.v1.events_pb2 import *  # noqa: F401,F403
from seduta.v1.health_pb2 import *  # noqa: F401,F403
from seduta.v1.holds_pb2 import *  # noqa: F401,F403
from seduta.v1.intents_pb2 import *  # noqa: F401,F403
from seduta.v1.ledger_pb2 import *  # noqa: F401,F403
from seduta.v1.locations_pb2 import *  # noqa: F401,F403
from seduta.v1.money_pb2 import *  # noqa: F401,F403
from seduta.v1.notifications_pb2 import *  # noqa: F401,F403
from seduta.v1.package_links_pb2 import *  # noqa: F401,F403
from seduta.v1.packages_pb2 import *  # noqa: F401,F403
from seduta.v1.payment_methods_pb2 import *  # noqa: F401,F403
from seduta.v1.payments_pb2 import *  # noqa: F401,F403
from seduta.v1.policies_pb2 import *  # noqa: F401,F403
from seduta.v1.requests_pb2 import *  # noqa: F401,F403
from seduta.v1.sandbox_pb2 import *  # noqa: F401,F403
from seduta.v1.schedules_pb2 import *  # noqa: F401,F403
from seduta.v1.series_pb2 import *  # noqa: F401,F403
from seduta.v1.services_pb2 import *  # noqa: F401,F403
from seduta.v1.settlements_pb2 import *  # noqa: F401,F403
from seduta.v1.slots_pb2 import *  # noqa: F401,F403
from seduta.v1.therapies_pb2 import *  # noqa: F401,F403
from seduta.v1.therapists_pb2 import *  # noqa: F401,F403
from seduta.v1.webhooks_pb2 import *  # noqa: F401,F403

FILES = (
    admin_pb2,
    appointments_pb2,
    attendance_pb2,
    benefits_pb2,
    clients_pb2,
    directory_pb2,
    events_pb2,
    health_pb2,
    holds_pb2,
    intents_pb2,
    ledger_pb2,
    locations_pb2,
    money_pb2,
    notifications_pb2,
    package_links_pb2,
    packages_pb2,
    payment_methods_pb2,
    payments_pb2,
    policies_pb2,
    requests_pb2,
    sandbox_pb2,
    schedules_pb2,
    series_pb2,
    services_pb2,
    settlements_pb2,
    slots_pb2,
    therapies_pb2,
    therapists_pb2,
    webhooks_pb2,
)

# Each request belongs to one method, so a request is all that a call needs.
METHOD_OF: dict[type[Message], str] = {}
RESPONSE_OF: dict[str, type[Message]] = {}
for _file in FILES:
    for _service in _file.DESCRIPTOR.services_by_name.values():
        for _rpc in _service.methods:
            _method = f"{_service.full_name}/{_rpc.name}"
            METHOD_OF[GetMessageClass(_rpc.input_type)] = _method
            RESPONSE_OF[_method] = GetMessageClass(_rpc.output_type)


def writes(method: str) -> bool:
    """Whether a method changes something, and so needs an idempotency key."""
    name = method.rpartition("/")[2]
    verbs = ("Create", "Update", "Add", "Remove", "Register", "Import", "Record", "Put", "Delete", "Rotate")
    return name.startswith(verbs) or name in {
        "Book", "Cancel", "Reschedule", "Complete", "SetAttendance", "Take", "Renew", "Release",
        "Ask", "Accept", "Decline", "Withdraw", "Begin", "Confirm", "Refund", "SetUp", "Grant", "Buy",
        "Use", "Advance", "Link", "Schedule", "RenewLink", "DeleteLink", "Pay", "ChooseProcedure",
    }
