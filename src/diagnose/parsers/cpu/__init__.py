from diagnose.parsers.cpu.cores import parse_cpu_list, parse_cpu_lists, parse_cpuinfo

__all__ = ["parse_cpu_list", "parse_cpu_lists", "parse_cpuinfo"]
