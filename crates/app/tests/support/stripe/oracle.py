"""What Stripe's own library says of the stand-in: its objects have the keys that Stripe's have, and none else; its
webhooks are signed as Stripe signs them; and scenarios that strangers wrote for Stripe play through.

    oracle.py ORIGIN shapes | hooks | scenario NAME MONTHLY UPGRADE
"""

import json
import os
import pathlib
import sys
import tempfile
import typing

import stripe

origin, task, *rest = sys.argv[1:]
KEY = "sk_test_stage"
client = stripe.StripeClient(KEY, base_addresses={"api": origin}, max_network_retries=0)


def known(kind: type) -> dict[str, bool]:
    """The keys of an object, and whether each is always there and never null."""
    keys = {}
    for name, said in kind.__annotations__.items():
        said = said if isinstance(said, str) else repr(said)
        keys[name] = not any(word in said for word in ("Optional", "NoneType", "NotRequired", "ClassVar"))
    assert keys
    return keys


def judge(wanted: type, found: stripe.StripeObject) -> None:
    keys, has = known(wanted), found.to_dict()
    unknown = [name for name in has if name not in keys]
    missing = [name for name, always in keys.items() if always and name not in has]
    empty = [name for name, always in keys.items() if always and name in has and has[name] is None]
    assert not (unknown or missing or empty), f"{wanted.__name__}: unknown {unknown}, missing {missing}, empty {empty}"
    print(f"{wanted.__name__}: {len(has)} keys")


def shapes() -> None:
    v1 = client.v1
    price = v1.prices.create({"currency": "usd", "unit_amount": 9900, "recurring": {"interval": "month"},
                              "product_data": {"name": "Plan"}, "lookup_key": f"shape {os.getpid()}"})
    page = v1.checkout.sessions.create({"mode": "subscription", "line_items": [{"price": price.id, "quantity": 2}],
                                        "success_url": "https://example.com/"})
    judge(stripe.Price, price)
    judge(stripe.checkout.Session, page)
    client.raw_request("post", f"/v1/payment_pages/{page.id}/confirm", payment_method="pm_card_visa")
    page = v1.checkout.sessions.retrieve(page.id)
    assert page.status == "complete" and page.payment_status == "paid", page
    subscription = v1.subscriptions.retrieve(page.subscription)
    judge(stripe.Subscription, subscription)
    judge(stripe.SubscriptionItem, subscription["items"].data[0])
    invoice = v1.invoices.retrieve(page.invoice)
    judge(stripe.Invoice, invoice)
    judge(stripe.InvoiceLineItem, invoice.lines.data[0])
    judge(stripe.InvoicePayment, v1.invoice_payments.list({"invoice": invoice.id}).data[0])
    judge(stripe.Customer, v1.customers.retrieve(page.customer))
    judge(stripe.PaymentMethod, v1.payment_methods.retrieve(subscription.default_payment_method))
    judge(stripe.Event, v1.events.list({"limit": 1}).data[0])
    judge(stripe.Product, v1.products.retrieve(price.product))
    judge(stripe.billing_portal.Session, v1.billing_portal.sessions.create({"customer": page.customer}))
    try:
        v1.subscriptions.retrieve("sub_none")
        raise AssertionError("there is no such subscription")
    except stripe.InvalidRequestError as refused:
        assert refused.code == "resource_missing", refused


def hooks() -> None:
    """Lines of {body, signature, secret, now} come in; each must be as Stripe would sign it."""
    for line in sys.stdin:
        told = json.loads(line)
        event = stripe.Webhook.construct_event(told["body"], told["signature"], told["secret"])
        assert event.id.startswith("evt_"), event
        try:
            stripe.Webhook.construct_event(told["body"] + " ", told["signature"], told["secret"])
            raise AssertionError("other words were good too")
        except stripe.SignatureVerificationError:
            pass


def scenario(name: str, monthly: str, upgrade: str) -> None:
    """A scenario of billing-e2e, which otherwise speaks to Stripe itself only."""
    original = stripe.StripeClient

    class Here(original):
        def __init__(self, key: str, **more: typing.Any) -> None:
            super().__init__(key, **(more | {"base_addresses": {"api": origin}, "max_network_retries": 0}))

    stripe.StripeClient = Here
    from billing_e2e import cli, scenarios  # noqa: PLC0415

    config = pathlib.Path(tempfile.mkdtemp()) / "billing-e2e.yml"
    config.write_text(f"stripe:\n  key: ${{STRIPE_TEST_KEY}}\nvars:\n  monthly_price: {monthly}\n  upgrade_price: {upgrade}\n")
    source = pathlib.Path(list(scenarios.__path__)[0]) / f"{name}.yml"
    os.environ["STRIPE_TEST_KEY"] = KEY
    sys.argv = ["billing-e2e", "--config", str(config), "run", str(source)]
    sys.exit(cli.main())


{"shapes": shapes, "hooks": hooks, "scenario": scenario}[task](*rest)
