#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static NDIS_HANDLE Handles[2];
static VOID (*OnUnload)(VOID);

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    OnUnload = ChooseUnload();
    FillCharacteristics(&chars);
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    Handles[0] = FirstHandle(ProtocolHandle);
    Handles[1] = SecondHandle(ProtocolHandle);
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    for (i = 0; i < 2; i++) {
        NdisDeregisterProtocolDriver(Handles[i]); // another one each time
    }
    NdisDeregisterProtocolDriver(ProtocolHandle);
    OnUnload(); // may register again
    if (ProtocolHandle != NULL) {
        NdisDeregisterProtocolDriver(ProtocolHandle);
    }
}
