"""Free space for apps and data: three sources of one quantity."""

from diagnose import sdk
from diagnose.parsers.storage.df import Filesystem, parse_data_volume
from diagnose.parsers.storage.diskstats import parse_diskstats
from diagnose.parsers.tradein.report import parse_tradein
from diagnose.requests import adb

SOURCES = (adb.DF_DATA, adb.DISKSTATS, adb.DF)

# On phones with a data volume of a few GB (before 2014) 1 GB free is plenty.
SMALL_VOLUME_KIB = 8 * 1024 * 1024
# The system takes more than half of what older phones were sold with.
SMALLEST_JUDGED_GB = 32
MOST_BYTES = 100 * 10**12  # a hundred of the largest sold: more is no size
WHOLE = sdk.Text(
    "The whole storage as the trade-in report names it; what is free was not told.",
    "以旧换新报告给出的存储总容量；未给出剩余空间。",
)
LITTLE_FREE_GB = sdk.Range(
    attention_below=1.0,
    source=sdk.Source(
        text=sdk.Text(
            "workshop practice: below 1 GB Android slows down",
            "维修经验：低于 1 GB 时 Android 变慢",
        ),
        basis=sdk.Basis.GUESS,
    ),
)


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    found = [(request, volume) for request in SOURCES if (volume := _volume(answers, request))]
    if not found:
        yield answers.unread("free_percent", *SOURCES)
        yield from _told_in_trade_in(answers)
        return
    candidates = [
        sdk.Candidate(round(v.free_percent, 1), request, raw=v.raw, trust=80 - 10 * rank)
        for rank, (request, v) in enumerate(found)
    ]
    yield answers.compare("free_percent", candidates)
    request, volume = found[0]
    large = volume.total_kib >= SMALL_VOLUME_KIB
    yield answers.measure(
        "free",
        round(volume.free_gb, 1),
        request,
        raw=volume.raw,
        criterion=LITTLE_FREE_GB if large else None,
    )
    total_gb = round(volume.total_gb, 1)
    yield answers.measure("total", total_gb, request, raw=volume.raw, criterion=_sold(answers))


def _told_in_trade_in(answers: sdk.Answers) -> sdk.Interpreted:
    """A phone that was reset names its whole size, and nothing of what is free."""
    report = answers.parse_or_none(adb.TRADE_IN, parse_tradein)
    printed = report.storage.get("capacity_bytes") if report else None
    if printed and printed.integer is not None and 0 < printed.integer <= MOST_BYTES:
        size_gb, limit = round(printed.integer / 1e9, 1), _sold(answers)
        yield answers.measure(
            "total", size_gb, adb.TRADE_IN, raw=printed.raw, criterion=limit, note=WHOLE
        )


HALF = sdk.Text(
    "half of the smallest size sold, {size} GB: {source}", "所售最小容量 {size} GB 的一半：{source}"
)


def _sold(answers: sdk.Answers) -> sdk.Range | None:
    """Half of the smallest size sold: the system takes a part, more is missing storage."""
    fact = answers.fact("storage_gb")
    variants = fact.value if fact and isinstance(fact.value, tuple) else ()
    sizes = [float(word) for word in variants if word.isdecimal()]
    if fact is None or not sizes or min(sizes) < SMALLEST_JUDGED_GB:
        return None
    words = HALF.format(size=f"{min(sizes):g}", source=fact.source.text)
    return sdk.Range(
        attention_below=min(sizes) / 2, source=sdk.Source(text=words, basis=sdk.Basis.GUESS)
    )


def _volume(answers: sdk.Answers, request: sdk.Shell) -> Filesystem | None:
    if request is not adb.DISKSTATS:
        return answers.parse_or_none(request, parse_data_volume)
    stats = answers.parse_or_none(adb.DISKSTATS, parse_diskstats)
    return stats.data_volume if stats else None


PROBE = sdk.Probe(
    id="storage.space",
    tile=sdk.Tile(
        sdk.Text("Free storage", "剩余存储空间"),
        rank=20,
        measures=("free_percent", "free"),
        beside="free",
        drawn_used=True,
    ),
    title=sdk.Text("Free storage", "剩余存储空间"),
    about=sdk.About(
        tested=sdk.Text(
            "How much storage is left for apps and data.", "可用于应用和数据的剩余空间。"
        ),
        meaning=sdk.Text(
            "Android needs free space to update apps, cache and clean up.",
            "系统更新应用、缓存和整理数据都需要剩余空间。",
        ),
        consequence=sdk.Text(
            "An almost full phone is slow, apps close, updates fail, and it may not start.",
            "空间几乎用完时手机会变慢、应用闪退、无法更新，严重时无法开机。",
        ),
        action=sdk.Text(
            "Move photos and videos away or remove apps before replacing any part.",
            "更换零件之前，先转移照片和视频或卸载不用的应用。",
        ),
    ),
    requests=(*SOURCES, adb.TRADE_IN),
    measures={
        "free_percent": sdk.Spec(
            sdk.Unit.PERCENT,
            sdk.Text("Free share", "剩余比例"),
            criterion=sdk.Range(
                attention_below=5.0,
                source=sdk.Source(
                    text=sdk.Text(
                        "workshop practice; AOSP StorageManager warns at 5 % (500 MB at most)",
                        "维修经验；AOSP StorageManager 在 5%（最多 500 MB）时警告",
                    ),
                    basis=sdk.Basis.GUESS,
                ),
            ),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Only {value} {unit} of the storage is free: a likely cause of slowness.",
                    "存储空间仅剩 {value}{unit}，很可能是手机变慢的原因。",
                )
            },
            advice=sdk.Text(
                "Free at least a tenth of the storage.", "请至少清理出十分之一的空间。"
            ),
        ),
        "free": sdk.Spec(
            sdk.Unit.GIGABYTE,
            sdk.Text("Free space", "剩余空间"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Only {value} {unit} are free.", "剩余空间只有 {value} {unit}。"
                )
            },
            advice=sdk.Text("Remove or move what is not needed.", "请删除或转移不需要的内容。"),
        ),
        "total": sdk.Spec(
            sdk.Unit.GIGABYTE,
            sdk.Text("Size of the data volume", "数据分区大小"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone offers only {value} {unit}, less than any unit of it was sold with.",
                    "可用分区只有 {value} {unit}，小于该机型任何在售版本。",
                )
            },
        ),
    },
    facts={
        "storage_gb": sdk.FactSpec(
            sdk.Unit.GIGABYTE, sdk.Text("Storage sizes sold", "在售存储版本")
        )
    },
    interpret=interpret,
    symptoms=("slow", "storage-full", "app-crashes", "will-not-start"),
)
