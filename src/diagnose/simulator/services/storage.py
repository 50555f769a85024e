"""`df`, `mount`, `dumpsys diskstats` and the wear nodes of the flash chip."""

from __future__ import annotations

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FileBody, Words, answers, files
from diagnose.simulator.state.identity import SimulatedIdentity, Skin
from diagnose.simulator.state.owner import Owner
from diagnose.simulator.state.storage import Storage

Row = tuple[str, int, int, int, str]


@answers("df", "df -k")
def df(phone: Phone, _words: Words) -> Output:
    """Every file system; a pool of read-only images stands at 100 % on every healthy phone."""
    storage = phone[Storage]
    memory = 3_800_000
    rows: list[Row] = [
        ("tmpfs", memory, 1_480, memory - 1_480, "/dev"),
        ("tmpfs", memory, 0, memory, "/mnt"),
        ("/dev/block/dm-0", *_image(storage), "/"),
        ("/dev/block/dm-1", 1_153_436, 1_149_900, 0, "/vendor"),
        ("/dev/block/dm-2", 2_409_824, 2_402_460, 0, "/product"),
        ("tmpfs", memory, 40, memory - 40, "/apex"),
        _data_row(storage, "/data"),
    ]
    fuse = "/dev/fuse" if phone[SimulatedIdentity].sdk >= 30 else "/data/media"
    rows.append((fuse, *_data_row(storage, "")[1:4], "/storage/emulated"))
    if phone[SimulatedIdentity].skin in (Skin.MIUI, Skin.HYPEROS):
        rows.insert(-1, ("overlay", 12, 12, 0, "/product/data-app"))
    return say(_table(rows))


@answers("df -k /data", "df /data")
def df_data(phone: Phone, _words: Words) -> Output:
    """The data volume alone."""
    storage = phone[Storage]
    return say(_table([_data_row(storage, storage.data_place)]))


def _image(storage: Storage) -> tuple[int, int, int]:
    free = storage.system_total_kib - storage.system_used_kib
    return storage.system_total_kib, storage.system_used_kib, free


def _data_row(storage: Storage, place: str) -> Row:
    free = storage.data_free_kib
    return (storage.data_device, storage.data_total_kib, storage.data_used_kib, free, place)


def _table(rows: list[Row]) -> str:
    wide = max(len("Filesystem"), *(len(row[0]) for row in rows))
    sizes = max(len("1K-blocks"), *(len(str(row[1])) for row in rows))
    lines = [f"{'Filesystem':<{wide}} {'1K-blocks':>{sizes}} {'Used':>9} Available Use% Mounted on"]
    for device, total, used, free, place in rows:
        share = -(-100 * used // (used + free)) if used + free else 0
        lines.append(f"{device:<{wide}} {total:>{sizes}} {used:>9} {free:>9} {share:>3}% {place}")
    return "\n".join(lines) + "\n"


@answers("dumpsys diskstats", "dumpsys -t * diskstats")
def diskstats(phone: Phone, _words: Words) -> Output:
    """The disk service: it writes 512 bytes to measure, and says so when that fails."""
    storage, who = phone[Storage], phone[SimulatedIdentity]
    lines = [f"Latency: {storage.write_latency_ms}ms [512B Data Write]"]
    if storage.is_read_only:
        test_file = "/data/system/perftest.tmp"
        why = "open failed: EROFS (Read-only file system)"
        lines = [f"Test-Error: java.io.FileNotFoundException: {test_file}: {why}"]
    speed = storage.write_kb_per_s
    lines.append(
        f"Recent Disk Write Speed (kB/s) = {speed}"
        if speed
        else "Recent Disk Write Speed data unavailable"
    )
    free, total = storage.data_free_kib, storage.data_total_kib
    system_total, _, system_free = _image(storage)
    for name, left, whole in (
        ("Data", free, total),
        ("Cache", free, total),
        ("System", system_free, system_total),
    ):
        lines.append(f"{name}-Free: {left}K / {whole}K total = {100 * left // whole}% free")
    lines.append("File-based Encryption: true")
    return say("\n".join([*lines, *_cached_sizes(storage, who.sdk, phone[Owner].apps[3])]) + "\n")


def _cached_sizes(storage: Storage, sdk: int, app: str) -> list[str]:
    """What a nightly job has added up, since Android 8."""
    used = storage.data_used_kib * 1024
    kinds = ("App", "App Data", "App Cache", "Photos", "Videos", "Audio", "Downloads", "System")
    lines = [f"{kind} Size: {used * (9 - at) // 60}" for at, kind in enumerate(kinds)]
    lines.append(f"Other Size: {used // 20}")
    lines.append(f'Package Names: ["com.android.chrome","{app}"]')
    lines.append("App Sizes: [241172480,1610612736]")
    if sdk >= 28:
        lines.append("App Data Sizes: [52428800,104857600]")
    lines.append("Cache Sizes: [8388608,20971520]")
    return lines


@answers("mount")
def mount(phone: Phone, _words: Words) -> Output:
    """The mount table in words."""
    rows = [line.split() for line in _mounts(phone).splitlines()]
    return say("".join(f"{row[0]} on {row[1]} type {row[2]} ({row[3]})\n" for row in rows))


@files
def storage_files(phone: Phone) -> dict[str, FileBody]:
    """The mount table, and the wear registers where this phone has them."""
    return {"/proc/mounts": _mounts(phone), **_wear_nodes(phone[Storage])}


def _mounts(phone: Phone) -> str:
    storage = phone[Storage]
    quiet = "ro,seclabel,relatime"
    lines = [
        f"/dev/block/dm-0 / ext4 {quiet} 0 0",
        "tmpfs /dev tmpfs rw,seclabel,nosuid,relatime,mode=755 0 0",
        "devpts /dev/pts devpts rw,seclabel,relatime,mode=600 0 0",
        "proc /proc proc rw,relatime,gid=3009,hidepid=2 0 0",
        "sysfs /sys sysfs rw,seclabel,relatime 0 0",
        "tmpfs /mnt tmpfs rw,seclabel,nosuid,nodev,noexec,relatime,mode=755,gid=1000 0 0",
        f"/dev/block/dm-1 /vendor ext4 {quiet} 0 0",
        f"/dev/block/dm-2 /product ext4 {quiet} 0 0",
        f"{storage.data_device} /data {storage.data_type} {storage.data_options} 0 0",
        "/dev/fuse /storage/emulated fuse rw,lazytime,nosuid,nodev,noexec,noatime,user_id=0 0 0",
    ]
    return "\n".join(lines) + "\n"


def _wear_nodes(storage: Storage) -> dict[str, FileBody]:
    if not storage.wear_folder:
        return {}
    if storage.is_emmc:
        nodes = {
            "life_time": f"0x{storage.life_a:02x} 0x{storage.life_b:02x}\n",
            "pre_eol_info": f"0x{storage.end_of_life:02x}\n",
        }
    else:
        nodes = {
            "eol_info": f"0x{storage.end_of_life:02x}\n",
            "life_time_estimation_a": f"0x{storage.life_a:02x}\n",
            "life_time_estimation_b": f"0x{storage.life_b:02x}\n",
        }
    readable = storage.wear_readable
    return {f"{storage.wear_folder}/{k}": v if readable else None for k, v in nodes.items()}


def storage_infos_aidl(phone: Phone) -> str:
    """The storage part of the health HAL's dump; empty where the maker left it out."""
    storage = phone[Storage]
    if not storage.hal_tells_wear:
        return "[]"
    return f"[StorageInfo{{eol: {storage.end_of_life}, {_lifetimes(storage, ': ', '')}}}]"


def storage_infos_hidl(phone: Phone) -> str:
    """The same in the older interface's words."""
    storage = phone[Storage]
    if not storage.hal_tells_wear:
        return "[0]{}"
    part = '.attr = {.isInternal = true, .isBootDevice = true, .name = "UFS0"}'
    return f"[1]{{{{{part}, .eol = {storage.end_of_life}, {_lifetimes(storage, ' = ', '.')}}}}}"


def _lifetimes(storage: Storage, sign: str, dot: str) -> str:
    version = '"ufs 300"' if dot else "ufs 310"
    fields = {"lifetimeA": storage.life_a, "lifetimeB": storage.life_b, "version": version}
    return ", ".join(f"{dot}{name}{sign}{value}" for name, value in fields.items())
