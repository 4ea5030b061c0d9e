"""The kinds of personal data that a text may hold."""

from __future__ import annotations

KINDS = (
    "id_card",  # mainland id card, also the residence permits of Hong Kong, Macau and Taiwan people
    "permit",  # foreigners' permanent residence card, 通行证, 回乡证, 台胞证
    "passport",
    "tw_id",
    "tw_arc",
    "hkid",
    "bank_card",
    "mobile",  # mainland mobile
    "tw_mobile",
    "hk_phone",
    "landline",
    "email",
    "wechat",
    "qq",
    "line",
    "whatsapp",
    "plate",
    "address",
)
