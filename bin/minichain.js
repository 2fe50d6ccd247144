#!/usr/bin/env node
import '../packages/cli/dist/minichain.js';
