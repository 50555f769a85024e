"""`dumpsys usb`: braces since Android 9."""

from __future__ import annotations

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.state.charging import Charging
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.usb import Usb


@answers("dumpsys usb")
def dumpsys_usb(phone: Phone, _words: Words) -> Output:
    """UsbService's dump."""
    port = "\n".join(_port_lines(phone)) + "\n" if phone[Usb].has_port else ""
    return say(
        "USB MANAGER STATE (dumpsys usb):\n{\n  device_manager={\n    handler={\n"
        f"{_handler(phone)}    }}\n  }}\n  host_manager={{\n    num_connects=0\n  }}\n"
        f"  port_manager={{\n    is_simulation_active=false\n{port}  }}\n"
        "  alsa_manager={\n    cards_parser=-1\n  }\n"
        "  settings_manager={\n    user_settings={\n      user_id=0\n    }\n"
        "    profile_group_settings={\n      parent_user_id=0\n    }\n  }\n}\n"
    )


def _handler(phone: Phone) -> str:
    usb = phone[Usb]
    connected = str(usb.connected).lower()
    handler = {
        "current_functions_applied": "true",
        "screen_locked": "false",
        "connected": connected,
        "configured": connected,
        "host_connected": "false",
        "source_power": "false",
        "sink_power": str(phone[Charging].source in ("usb", "ac")).lower(),
        "usb_charging": connected,
        "hide_usb_notification": "false",
        "audio_accessory_connected": "false",
        "kernel_state": "CONFIGURED" if usb.connected else "DISCONNECTED",
        "kernel_function_list": usb.functions,
    }
    return "".join(f"      {name}={value}\n" for name, value in handler.items())


def _port_lines(phone: Phone) -> list[str]:
    usb = phone[Usb]
    connected = str(usb.connected).lower()
    status = [f"connected={connected}"]
    if usb.connected:
        status += ["current_mode=ufp", "power_role=sink", "data_role=device"]
    status += [
        "role_combinations=[",
        *("  {", "    power_role=source", "    data_role=host", "  }"),
        *("  {", "    power_role=sink", "    data_role=device", "  }"),
        "]",
    ]
    if phone[SimulatedIdentity].sdk >= 29:  # Android 10 brought contaminant detection
        status.append(f"contaminant_presence_status={usb.contaminant}")
    return [
        "    usb_ports={",
        "      port={",
        f"        id={usb.port_id}",
        f"        supported_modes={usb.supported_modes}",
        "      }",
        "      status={",
        *(f"        {line}" for line in status),
        "      }",
        "      can_change_mode=true",
        "      can_change_power_role=false",
        "      can_change_data_role=false",
        "      connected_at_millis=10615",
        "      last_connect_duration_millis=0",
        "    }",
    ]
