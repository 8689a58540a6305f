"""The currencies that amounts may be in, with the decimals of each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Active codes of ISO 4217 list one (currencies and funds), by the number of their decimals. Left
# out: metals, units of account and test codes, which have no minor unit, so nothing is priced in
# them. Kept: ANG and BGN, withdrawn in 2025 and 2026, because claims about orders in them are open.
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_TWO_DECIMALS = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
    CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
    GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK
    PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
    TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
"""
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DECIMALS = "CLF UYW"

MINOR_DIGITS: Mapping[str, int] = MappingProxyType(
    {
        code: digits
        for digits, codes in (
            (0, _NO_DECIMALS),
            (2, _TWO_DECIMALS),
            (3, _THREE_DECIMALS),
            (4, _FOUR_DECIMALS),
        )
        for code in codes.split()
    }
)


def minor_digits(currency: str) -> int:
    """Return how many decimals amounts in `currency` have.

    Raises:
        ValueError: if it is no active currency code of ISO 4217, in capitals.

    >>> minor_digits("USD"), minor_digits("JPY")
    (2, 0)
    """
    digits = MINOR_DIGITS.get(currency)
    if digits is None:
        raise ValueError(_unknown(currency))
    return digits


def _unknown(currency: str) -> str:
    shown = currency[:20]
    if shown.upper() in MINOR_DIGITS:
        return f"unknown currency {shown!r}; write it in capitals, '{shown.upper()}'"
    return f"unknown currency {shown!r}; write the three letters of ISO 4217, such as 'USD'"
