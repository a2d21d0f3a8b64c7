// Debian's Chromium under playwright-core; it downloads no browser of its own.
import { chromium } from 'playwright-core';

export const launch = () =>
    chromium.launch({
        executablePath: process.env['BEACON_CHROMIUM'] ?? '/usr/bin/chromium',
        args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
        ],
    });
