# Consents
consent-changed = Somebody else has just changed this consent. Open the page anew.
consent-not-in-force = This consent is no longer in force.
