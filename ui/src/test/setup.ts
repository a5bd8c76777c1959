import { i18n } from '@lingui/core';

// Components under test speak the source language: without a catalogue a message is its own text.
i18n.loadAndActivate({ locale: 'en', messages: {} });
