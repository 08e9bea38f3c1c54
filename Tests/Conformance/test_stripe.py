"""The Stripe adapter against a Stripe that is not ours: localstripe, behind a proxy that goes wrong when told to.

The adapter is Swift, and so are the tests that speak to it: `GatewaysTests/Payments/StripeServerTests.swift`. What is
here gives them the server and the faults, and looks that they ran.

What localstripe cannot prove, and where that is proved by recorded shapes instead (`GatewaysTests/Payments`):

- it has no idempotency keys: each call is done anew. That they are sent is looked at here; what a replayed answer
  means, and a key that was used for another call, in `StripeIntentTests`, `StripeRefundTests`, `StripeMethodTests`.
- it accepts refunds of more than is left, and they all succeed at once: refusals, pending and failed refunds are in
  `StripeRefundTests`.
- it takes no fee, and knows one currency a charge: `StripeIntentTests`.
- a decline is always "card_declined", without the intent in the error: narrower words in `StripeIntentTests`.
- it knows no manual confirmation (after the bank it takes the money itself) and no bank's page: `StripeIntentTests`.
- its errors have no code, type or parameter, and never come as 401 with JSON, 409, 429 or 5xx: `StripeIntentTests`.
- it has no disputes, and tells of refunds and saved methods nothing by itself: `StripeWebhookTests`.
- `stripelike.py` teaches it some fields that it would refuse; that Stripe takes them is told by Stripe's own
  documentation alone.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from stripes import Stripe

ROOT = Path(__file__).parents[2]
TESTS = Path(os.environ.get("SEDUTA_TESTS", ROOT / ".build/release/sedutaPackageTests.xctest"))
SWIFT_S_MAX = 180
# Fewer were run if somebody renamed the suite.
TESTS_MIN = 11


@pytest.fixture
def stripe(tmp_path: Path) -> Iterator[Stripe]:
    with Stripe(tmp_path) as stripe:
        yield stripe


def test_the_adapter(stripe: Stripe) -> None:
    """P-6, P-7, P-8: each call, and each way in which its answer can get lost."""
    if not TESTS.exists():
        pytest.skip(f"there are no Swift tests at {TESTS}: build sedutaPackageTests, or set SEDUTA_TESTS")
    run = subprocess.run(
        [str(TESTS), "--testing-library", "swift-testing", "--filter", "StripeServerTests"],
        env=os.environ | {"SEDUTA_STRIPE_URL": stripe.url},
        capture_output=True,
        text=True,
        timeout=SWIFT_S_MAX,
    )
    said = run.stdout + run.stderr
    assert run.returncode == 0, said[-6000:]
    passed = re.search(r"Test run with (\d+) tests? .*passed", said)
    assert passed and int(passed[1]) >= TESTS_MIN, said[-2000:]
    assert "skipped" not in said, said[-2000:]
    # What the proxy saw: the adapter's calls came through it.
    assert {call.fault.value for call in stripe.proxy.calls() if call.fault} >= {
        "drop before",
        "drop after",
        "delay",
        "double",
        "broken",
        "truncated",
        "drip",
    }
