#!/usr/bin/env node
import '../packages/cli/bin/minichain.js';
