#!/bin/bash
# The last that the image's entry point does in a first start, before the server listens to anybody else: see start.sh.
echo completed >/var/lib/postgresql/first-start
