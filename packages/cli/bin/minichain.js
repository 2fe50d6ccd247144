#!/usr/bin/env node
import '../dist/minichain.js';
