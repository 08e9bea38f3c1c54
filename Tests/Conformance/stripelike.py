"""localstripe, told of what it does not know of Stripe's API. Run as a program: `stripelike.py --port N`.

localstripe (PyPI) is a Stripe that is not ours: it refuses every field that it has not heard of. What is taught here:

- fields that it would refuse: `description`, `confirmation_method`, `setup_future_usage`, `off_session`, `return_url`;
- an intent is confirmed with a payment method that is named in that call, and a second time after a decline;
- an amount that is changed stays a number;
- its store stays in memory: it would write to one file in /tmp, whoever runs it.
"""

from collections.abc import Callable
from typing import Any

from localstripe import resources
from localstripe.resources import PaymentIntent, PaymentMethod, SetupIntent, store, try_convert_to_int


def ignoring(call: Callable[..., Any], *names: str) -> Callable[..., Any]:
    def tolerant(*args: Any, **given: Any) -> Any:
        for name in names:
            given.pop(name, None)
        return call(*args, **given)

    return tolerant


def confirm(id: str, payment_method: str | None = None, **given: Any) -> PaymentIntent:
    intent = PaymentIntent._api_retrieve(id)
    if payment_method is not None and intent.status in ("requires_payment_method", "requires_confirmation"):
        intent.payment_method = PaymentMethod._api_retrieve(payment_method).id
        intent.latest_charge = None
    return original_confirm(id, **given)


def update(intent: PaymentIntent, **data: Any) -> None:
    if "amount" in data:
        data["amount"] = try_convert_to_int(data["amount"])
    original_update(intent, **data)


original_confirm = ignoring(
    PaymentIntent._api_confirm, "off_session", "return_url", "setup_future_usage"
)
original_update = PaymentIntent._update

PaymentIntent.description = None
PaymentIntent._update = update
PaymentIntent.__init__ = ignoring(PaymentIntent.__init__, "description", "confirmation_method")
store.dump_to_disk = lambda: None

taught = {
    "/v1/payment_intents/{id}/confirm": confirm,
    "/v1/setup_intents/{id}/confirm": ignoring(SetupIntent._api_confirm, "return_url"),
}
resources.extra_apis[:] = [
    (method, url, taught.get(url, call)) for method, url, call in resources.extra_apis
]

if __name__ == "__main__":
    # Only now: it makes its routes from the above when it is imported.
    from localstripe.server import start

    start()
