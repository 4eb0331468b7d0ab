//! Floor 1: people, roles, organisations and outlets: found, and resolved within the document.
