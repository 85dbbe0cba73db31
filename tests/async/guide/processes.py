"""docs/async/guide.md: a subprocess."""
import asyncio
from asyncio.subprocess import PIPE


async def program():
    sort = await asyncio.create_subprocess_exec("sort", "-u", stdin=PIPE, stdout=PIPE)
    output, _ = await sort.communicate(b"pear\napple\npear\n")
    print(output.decode(), end="")
    print("sort:", sort.returncode)


asyncio.run(program())
