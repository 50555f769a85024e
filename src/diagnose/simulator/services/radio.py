"""Wi-Fi, Bluetooth, NFC, and the lists of services."""

from __future__ import annotations

from diagnose.simulator.output import Output, refuse, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers, properties
from diagnose.simulator.services.biometric import reader_interfaces, reader_services
from diagnose.simulator.state.features import SimulatedFeatures
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.owner import Owner
from diagnose.simulator.state.radio import Radio
from diagnose.simulator.state.system import SimulatedSystem

_SYSTEM_SERVICES = (
    "activity: [android.app.IActivityManager]",
    "alarm: [android.app.IAlarmManager]",
    "audio: [android.media.IAudioService]",
    "battery: []",
    "batteryproperties: [android.os.IBatteryPropertiesRegistrar]",
    "bluetooth_manager: [android.bluetooth.IBluetoothManager]",
    "connectivity: [android.net.IConnectivityManager]",
    "display: [android.hardware.display.IDisplayManager]",
    "input: [android.hardware.input.IInputManager]",
    "location: [android.location.ILocationManager]",
    "media.audio_flinger: [android.media.IAudioFlinger]",
    "media.camera: [android.hardware.ICameraService]",
    "package: [android.content.pm.IPackageManager]",
    "phone: [com.android.internal.telephony.ITelephony]",
    "power: [android.os.IPowerManager]",
    "sensorservice: [android.gui.SensorServer]",
    "SurfaceFlinger: [android.ui.ISurfaceComposer]",
    "telephony.registry: [com.android.internal.telephony.ITelephonyRegistry]",
    "thermalservice: [android.os.IThermalService]",
    "usb: [android.hardware.usb.IUsbManager]",
    "wifi: [android.net.wifi.IWifiManager]",
)


@properties
def radio_properties(phone: Phone) -> dict[str, str]:
    """Wi-Fi's interface and driver, and NFC's state."""
    radio = phone[Radio]
    shown = {"wifi.interface": "wlan0"}
    if radio.wifi_driver_property:
        shown["wlan.driver.status"] = "ok" if radio.wifi_chip and radio.wifi_on else "unloaded"
    if phone[SimulatedFeatures].has("android.hardware.nfc"):
        shown["nfc.initialized"] = "true" if radio.nfc in ("on", "off") else "false"
    return shown


@answers(
    "settings get global airplane_mode_on",
    "settings get global wifi_on",
    "settings get global bluetooth_on",
)
def switch(phone: Phone, words: Words) -> Output:
    """What the owner switched; flight mode leaves the other two as 0 or 3."""
    radio = phone[Radio]
    value = {
        "airplane_mode_on": int(radio.airplane),
        "wifi_on": 3 if radio.airplane and radio.wifi_on else int(radio.wifi_on),
        "bluetooth_on": 0 if radio.airplane else int(radio.bluetooth_on),
    }[words[-1]]
    return say(f"{value}\n")


@answers("ls /sys/class/net")
def interfaces(phone: Phone, _words: Words) -> Output:
    """Interfaces of the kernel; a driver without its chip makes none."""
    radio = phone[Radio]
    if not radio.interfaces_readable:
        return refuse("ls: /sys/class/net: Permission denied\n")
    names = ["dummy0", "ip6tnl0", "lo", "sit0"]
    if radio.modem_fitted and radio.modem_answers:
        names += ["rmnet0", "rmnet1", "rmnet_data0", "rmnet_data1"]
    if radio.wifi_chip:
        names += radio.wifi_interfaces
    return say("".join(f"{name}\n" for name in sorted(names)))


@answers("cmd wifi status")
def wifi_status(phone: Phone, _words: Words) -> Output:
    """Since Android 11; before it `cmd wifi` had no such word, or there was no `cmd wifi`."""
    radio, sdk = phone[Radio], phone[SimulatedIdentity].sdk
    if sdk < 29:
        return say("No shell command implementation.\n")
    if sdk < 30:
        return say("Unknown command: status\nWi-Fi (wifi) commands:\n  help\n", exit_code=255)
    is_on = radio.wifi_on and radio.wifi_works and radio.wifi_chip and not radio.airplane
    head = f"Wifi is {'enabled' if is_on else 'disabled'}\nWifi scanning is always available\n"
    if not is_on:
        return say(head)
    return say(
        head
        + "==== ClientModeManager instance: ConcreteClientModeManager{id=1 iface=wlan0} ====\n"
        + f'Wifi is connected to "{radio.ssid}"\n'
        + f'WifiInfo: SSID: "{radio.ssid}", BSSID: {radio.bssid}, MAC: 02:00:00:00:00:00,'
        + " IP: /192.168.1.23, Security type: 2, Supplicant state: COMPLETED, Wi-Fi standard:"
        + f" {radio.wifi_standard}, RSSI: {radio.wifi_dbm}, Link speed: {radio.wifi_mbps}Mbps,"
        + f" Tx Link speed: {radio.wifi_mbps}Mbps, Max Supported Tx Link speed: 1200Mbps,"
        + f" Frequency: {radio.wifi_mhz}MHz, Net ID: 0, Metered hint: false, score: 60\n"
        + "successfulTxPackets: 12345\nretriedTxPackets: 123\nlostTxPackets: 0\n"
    )


@answers("dumpsys bluetooth_manager")
def bluetooth(phone: Phone, _words: Words) -> Output:
    """The manager's own lines; the process's part only while it runs."""
    radio = phone[Radio]
    state = "OFF" if radio.airplane or not radio.bluetooth_on else radio.bluetooth_state
    is_on = state == "ON"
    since = "00:12:05.584" if is_on else ""
    plural = "" if radio.bluetooth_crashes == 1 else "s"
    lines = [
        "Bluetooth Status",
        f"  enabled: {str(is_on).lower()}",
        f"  state: {state}",
        f"  address: {_address(phone) if is_on else 'null'}",
        f"  name: {radio.bluetooth_name if is_on else 'null'}",
        *([f"  time since enabled: {since}"] if is_on else []),
        "",
        "Enable log:",
        "  11-22 08:01:44  Enabled  due to SYSTEM_BOOT by android",
        "",
        f"Bluetooth crashed {radio.bluetooth_crashes} time{plural}",
        *(f"  11-22 08:{at + 2:02d}:11" for at in range(min(radio.bluetooth_crashes, 10))),
        "",
        "0 BLE Apps registered",
        "",
    ]
    lines += _adapter(phone) if is_on else ["Bluetooth never enabled!"]
    return say("\n".join(lines) + "\n")


def _address(phone: Phone) -> str:
    """Android 13 and later hide the first four bytes."""
    address = phone[Radio].bluetooth_address
    return f"XX:XX:XX:XX:{address[-5:]}" if phone[SimulatedIdentity].sdk >= 33 else address


def _adapter(phone: Phone) -> list[str]:
    return [
        "AdapterProperties",
        f"  Name: {phone[Radio].bluetooth_name}",
        f"  Address: {_address(phone)}",
        "  ScanMode: SCAN_MODE_CONNECTABLE",
        "  ConnectionState: STATE_DISCONNECTED",
        "  State: ON",
        "  MaxConnectedAudioDevices: 5",
        "  Discovering: false",
        "  Bonded devices:",
        f"    {_address(phone)[:-2]}7F [ DUAL ] headset of the bench",
        f"    {phone[Owner].headset_address} [ DUAL ] {phone[Owner].headset_name}",
        "",
        "Profile: HeadsetService",
        "  mMaxHeadsetConnections: 5",
        "Profile: A2dpService",
        "  mActiveDevice: null",
    ]


@answers("dumpsys nfc")
def nfc(phone: Phone, _words: Words) -> Output:
    """State and routing; no service where NFC is not fitted."""
    state = phone[Radio].nfc
    if state is None or not phone[SimulatedFeatures].has("android.hardware.nfc"):
        return refuse("Can't find service: nfc\n", exit_code=0)
    lines = [
        f"mState={state}",
        "mIsZeroClickRequested=false",
        "mScreenState=ON_UNLOCKED",
        "mTechMask: default" if state == "on" else "mTechMask: null",
        "mEnableLPD: true",
        "mEnableReader: false",
        "mEnableHostRouting: true",
        "Registered HCE services for current user: ",
        "",
        "Routing table:",
        "    Default route: host",
    ]
    return say("\n".join(lines) + "\n")


@answers("service list")
def service_list(phone: Phone, _words: Words) -> Output:
    """Services by number; hardware services in AIDL stand among them."""
    radio, features = phone[Radio], phone[SimulatedFeatures]
    services = list(_SYSTEM_SERVICES)
    if radio.gnss == "aidl":
        services.append("android.hardware.gnss.IGnss/default: [android.hardware.gnss.IGnss]")
    if features.has("android.hardware.nfc") and radio.nfc is not None:
        services.append("nfc: [android.nfc.INfcAdapter]")
    if features.has("android.hardware.uwb") and radio.uwb_service:
        services.append("uwb: [android.uwb.IUwbAdapter]")
    if features.has("android.hardware.consumerir") and radio.infrared_service:
        services.append("consumer_ir: [android.hardware.IConsumerIrService]")
    if (
        phone[SimulatedSystem].offers_widevine
        and "-hal-" not in phone[SimulatedSystem].widevine_service
    ):
        name = "android.hardware.drm.IDrmFactory"
        services.append(f"{name}/widevine: [{name}]")
    services += reader_services(phone)
    listed = "".join(f"{at}\t{name}\n" for at, name in enumerate(sorted(services)))
    return say(f"Found {len(services)} services:\n{listed}")


@answers("lshal")
def lshal(phone: Phone, _words: Words) -> Output:
    """HIDL interfaces; some makers refuse the shell the command."""
    radio = phone[Radio]
    if not radio.hals_readable:
        return refuse("/system/bin/sh: lshal: can't execute: Permission denied\n", exit_code=126)
    names = [
        "android.hidl.manager@1.2::IServiceManager/default",
        "android.frameworks.sensorservice@1.0::ISensorManager/default",
        "android.hardware.health@2.1::IHealth/default",
    ]
    if radio.gnss and radio.gnss != "aidl":
        names.append(f"android.hardware.gnss@{radio.gnss}::IGnss/default")
    _, hidl, version = phone[SimulatedSystem].widevine_service.rpartition("-hal-")
    if phone[SimulatedSystem].offers_widevine and hidl:
        names.append(f"android.hardware.drm@{version.replace('-', '.')}::IDrmFactory/widevine")
    names += reader_interfaces(phone)
    rows = "".join(f"Y {name:<72} 0/1 {430 + at} 388\n" for at, name in enumerate(sorted(names)))
    return say(
        "| All HIDL binderized services (registered with hwservicemanager)\n"
        f"VINTF R Interface{'':<60} Thread Use Server Clients\n{rows}"
    )
