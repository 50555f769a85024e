"""All that is read from files: probes, causes, symptoms, actions, prices, profiles."""
