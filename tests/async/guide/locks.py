"""docs/async/guide.md: one task at a time."""
import asyncio


class Account:
    def __init__(self, balance):
        self.lock = asyncio.Lock()
        self.balance = balance


async def deposit(account):
    async with account.lock:
        before = account.balance
        await asyncio.sleep(0.001)  # other tasks run here
        account.balance = before + 10


async def program():
    account = Account(100)
    await asyncio.gather(deposit(account), deposit(account), deposit(account),
                         return_exceptions=True)
    print("balance", account.balance)


asyncio.run(program())
