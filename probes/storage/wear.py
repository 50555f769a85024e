"""Wear of the flash chip, as the chip itself estimates it (JEDEC registers)."""

from diagnose import sdk
from diagnose.parsers.storage.life import (
    parse_storage_life_files,
    parse_storage_life_hal,
    parse_storage_life_tradein,
)
from diagnose.requests import adb

PARSERS = (
    (adb.UFS_FILES, parse_storage_life_files, 90),
    (adb.EMMC_FILES, parse_storage_life_files, 90),
    (adb.HEALTH_AIDL, parse_storage_life_hal, 80),
    (adb.HEALTH_HIDL_21, parse_storage_life_hal, 80),
    (adb.HEALTH_HIDL_20, parse_storage_life_hal, 75),
    (adb.TRADE_IN, parse_storage_life_tradein, 40),
)
REQUESTS = tuple(request for request, _, _ in PARSERS)
JEDEC = sdk.Source(
    text=sdk.Text(
        "JEDEC JESD220 (UFS) health descriptor and JESD84-B51 (eMMC) EXT_CSD 267-269",
        "JEDEC JESD220（UFS）健康描述符与 JESD84-B51（eMMC）EXT_CSD 267-269",
    ),
    basis=sdk.Basis.STANDARD,
)


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    lives = [
        (request, life, trust)
        for request, parser, trust in PARSERS
        if (life := answers.parse_or_none(request, parser))
    ]
    estimates = [
        sdk.Candidate(life.worst_estimate, request, raw=life.raw, trust=trust)
        for request, life, trust in lives
        if life.worst_estimate
    ]
    ends = [
        sdk.Candidate(life.end_of_life, request, raw=(life.end_of_life_raw,), trust=trust)
        for request, life, trust in lives
        if life.end_of_life
    ]
    for name, candidates in (("life_estimate", estimates), ("end_of_life", ends)):
        if candidates:
            yield answers.compare(name, candidates)
        else:
            yield answers.unread(name, *REQUESTS)


# JEDEC: the estimate counts tenths of the rated life.
LIFE_USED = {
    **{str(n): sdk.Text(f"up to {10 * n} % used", f"已用不超过 {10 * n}%") for n in range(1, 11)},
    "11": sdk.Text("used up", "已用尽"),
}

PROBE = sdk.Probe(
    id="storage.wear",
    title=sdk.Text("Storage wear", "存储芯片磨损"),
    about=sdk.About(
        tested=sdk.Text(
            "How much of its life the storage chip says it has used.",
            "存储芯片自报的寿命消耗情况。",
        ),
        meaning=sdk.Text(
            "Flash cells bear a limited number of writes. Step 1 is up to 10 % used, step 10 is "
            "90 to 100 %, step 11 is beyond the planned life.",
            "闪存的写入次数有限：1 级表示已用 10% 以内，10 级为 90%～100%，11 级表示超出设计寿命。",
        ),
        consequence=sdk.Text(
            "A worn chip becomes slow and in the end read-only; data can be lost.",
            "磨损严重的芯片会变慢，最终变为只读，数据可能丢失。",
        ),
        action=sdk.Text(
            "Back up the data first; then have the chip or the board replaced.",
            "请先备份数据，再更换存储芯片或主板。",
        ),
    ),
    requests=REQUESTS,
    measures={
        "life_estimate": sdk.Spec(
            sdk.Unit.TENTH,
            sdk.Text("Used life", "已用寿命"),
            criterion=sdk.Range(attention_above=8, fail_above=10, source=JEDEC),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The storage chip reports step {value} of 10: most of its planned life is "
                    "used.",
                    "存储芯片寿命为 {value} 级（共 10 级），设计寿命已大部分用完。",
                ),
                sdk.Outcome.FAIL: sdk.Text(
                    "The storage chip reports that its planned life is used up (step {value}).",
                    "存储芯片报告设计寿命已耗尽（{value} 级）。",
                ),
            },
            advice=sdk.Text("Back up the data now.", "请立即备份数据。"),
            words=LIFE_USED,
            sign=sdk.Sign("storage", sdk.Proves.DECREASE),
        ),
        "end_of_life": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Reserve blocks", "预留块"),
            criterion=sdk.Range(attention_above=1, fail_above=2, source=JEDEC),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The storage chip has used 80 % of its reserve blocks.",
                    "存储芯片的预留块已消耗 80%。",
                ),
                sdk.Outcome.FAIL: sdk.Text(
                    "The storage chip has used 90 % of its reserve blocks and calls it urgent.",
                    "存储芯片的预留块已消耗 90%，芯片状态为紧急。",
                ),
            },
            advice=sdk.Text("Back up the data now.", "请立即备份数据。"),
            words={
                "1": sdk.Text("normal", "正常"),
                "2": sdk.Text("warning, 80 % of the reserve used", "警告，备用块已用 80%"),
                "3": sdk.Text("urgent, 90 % of the reserve used", "紧急，备用块已用 90%"),
            },
        ),
    },
    interpret=interpret,
    symptoms=("slow", "will-not-start"),
)
