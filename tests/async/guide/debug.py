"""docs/async/guide.md: a slow step, the waiting tasks, an error that is not awaited."""
import asyncio
import gc
import logging
import re
import sys
import time


class Slow(logging.Handler):
    def emit(self, record):
        found = re.search(r"^Executing .*name='(\w+)'.* took", record.getMessage())
        if found:
            print("slow:", found[1])


def on_report(loop, context):
    print(context["message"])


async def freeze():
    time.sleep(0.150)
    raise Exception("no task awaits this")


async def program():
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    loop.set_exception_handler(on_report)
    logging.getLogger("asyncio").addHandler(Slow())
    task = asyncio.create_task(freeze(), name="freezer")
    print(len(asyncio.all_tasks()), "tasks")
    del task  # no task will await it
    await asyncio.sleep(0.001)
    gc.collect()
    print(asyncio.all_tasks(), file=sys.stderr)


asyncio.run(program())
