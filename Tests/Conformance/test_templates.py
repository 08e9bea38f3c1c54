"""Partners' own texts: checked when they are set, shown with made-up facts, and sent (N-3)."""

import contract as v1
import pytest
from client import Aborted, Connection, InvalidArgument, NotFound
from google.protobuf.field_mask_pb2 import FieldMask
from things import template_key


def text(language: str = "it", **more: str) -> v1.MessageTemplate:
    fields = {"subject": "{{sender}}: a presto", "text": "Ciao {{reader}}, {{when}}.", "html": "<p>{{when}}</p>"}
    return v1.MessageTemplate(key=template_key(language), **(fields | more))


def preview(staff: Connection, template: v1.MessageTemplate) -> v1.NotificationsPreviewTemplateResponse:
    return staff.call(v1.NotificationsPreviewTemplateRequest(template=template))


def test_a_text_is_taken_read_listed_and_taken_away(partner: Connection) -> None:  # N-3, B-14
    asked = v1.NotificationsGetTemplateRequest(key=template_key("it"))
    with pytest.raises(NotFound):
        partner.call(asked)
    first = partner.call(v1.NotificationsPutTemplateRequest(template=text())).template
    assert first.version == 1 and first.subject == text().subject
    assert partner.call(asked).template == first
    assert list(partner.call(v1.NotificationsListTemplatesRequest()).templates) == [first]
    changed = text(subject="{{sender}}")
    changed.version = 1
    assert partner.call(v1.NotificationsPutTemplateRequest(template=changed)).template.version == 2
    with pytest.raises(Aborted):
        partner.call(v1.NotificationsPutTemplateRequest(template=changed))
    partner.call(v1.NotificationsDeleteTemplateRequest(key=template_key("it"), version=2))
    assert not partner.call(v1.NotificationsListTemplatesRequest()).templates
    with pytest.raises(NotFound):
        partner.call(asked)


@pytest.mark.parametrize(
    ("field", "wrong", "expected"),
    [
        ("subject", "{{therapist}}", "locked screen"),
        ("subject", "a\nb", "one line"),
        ("subject", "", "a text"),
        ("text", "{{nobody}}", "not \"nobody\""),
        ("text", "{{#address}}", "section"),
        ("html", "{{{reader}}}", "only {{name}}"),
        ("sms", "{{sender}}", "nothing"),
        ("text", "4000056655665556", "card number"),
        ("sms", "4000056655665556", "card number"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_field(
    partner: Connection, field: str, wrong: str, expected: str
) -> None:  # N-3
    for request in (
        v1.NotificationsPutTemplateRequest(template=text(**{field: wrong})),
        v1.NotificationsPreviewTemplateRequest(template=text(**{field: wrong})),
    ):
        with pytest.raises(InvalidArgument) as refused:
            partner.call(request)
        assert refused.value.fields.count(f"template.{field}") == 1
        assert expected in str(refused.value.status).replace('\\"', '"')


def test_a_preview_shows_the_text_and_keeps_nothing(partner: Connection) -> None:  # N-3
    shown = preview(partner, text())
    assert shown.subject.endswith(": a presto") and "Maria Rossi" in shown.text
    assert "<p>" in shown.html and "{{" not in shown.subject + shown.text + shown.html
    assert not partner.call(v1.NotificationsListTemplatesRequest()).templates


@pytest.mark.parametrize("language", ["en", "it", "pl", "ro", "de", "pt", "pt-BR"])
def test_without_a_text_ours_is_shown_in_the_readers_language(partner: Connection, language: str) -> None:  # N-3
    only = v1.MessageTemplate(key=template_key(language))
    shown = preview(partner, only)
    assert shown.subject and f'lang="{language[:2]}' in shown.html
    only.key.channel = v1.MESSAGE_CHANNEL_SMS
    assert preview(partner, only).sms


def test_what_is_never_told_that_way_is_refused(partner: Connection) -> None:
    only = v1.MessageTemplate(key=template_key("en"))
    only.key.kind, only.key.audience = "PAID", v1.MESSAGE_AUDIENCE_THERAPIST
    with pytest.raises(InvalidArgument) as refused:
        preview(partner, only)
    assert refused.value.fields == ["template.key"]


def test_settings_change_by_name(partner: Connection) -> None:  # N-5, B-14
    before = partner.call(v1.NotificationsGetSettingsRequest()).settings
    assert before.email and before.sms and before.version == 0 and not before.sender_name
    wanted = v1.NotificationSettings(
        sender_name="Aurora",
        reply_to="Ciao@Example.org",
        pay_url="https://example.org/pay/{appointment_id}",
        cancel_url="https://example.org/cancel?t={token}",
    )
    named = ["sender_name", "reply_to", "pay_url", "cancel_url"]
    changing = v1.NotificationsUpdateSettingsRequest(
        settings=wanted, update_mask=FieldMask(paths=named)
    )
    after = partner.call(changing).settings
    assert after.sender_name == "Aurora" and after.email and after.sms and after.version == 1
    assert after.pay_url == wanted.pay_url and after.cancel_url == wanted.cancel_url
    assert partner.call(v1.NotificationsGetSettingsRequest()).settings == after
    changing.settings.version = 7
    with pytest.raises(Aborted):
        partner.call(changing)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("pay_url", "https://example.org/pay"),
        ("pay_url", "https://example.org/{token}"),
        ("cancel_url", "javascript:{token}"),
        ("join_url", "https://example.org/{appointment_id}/{appointment_id}"),
        ("reply_to", "nobody"),
        ("sender_name", "a\r\nBcc: b"),
    ],
)
def test_settings_that_lead_nowhere_are_refused(partner: Connection, field: str, wrong: str) -> None:
    with pytest.raises(InvalidArgument) as refused:
        partner.call(
            v1.NotificationsUpdateSettingsRequest(
                settings=v1.NotificationSettings(**{field: wrong}),
                update_mask=FieldMask(paths=[field]),
            )
        )
    assert refused.value.fields == [f"settings.{field}"]


def test_a_mask_is_required(partner: Connection) -> None:
    with pytest.raises(InvalidArgument) as refused:
        partner.call(v1.NotificationsUpdateSettingsRequest())
    assert refused.value.fields == ["update_mask"]
