"""All that is read from files: probes, causes, symptoms, actions, plans, prices, parts, profiles."""
