#include <ndis.h>

typedef struct _GLOBALS {
    NDIS_HANDLE ProtocolHandle;
    PVOID Scratch;
} GLOBALS;

static GLOBALS Globals;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = ProtUnload;
    do {
        status = NdisRegisterProtocolDriver(NULL, &chars, &Globals.ProtocolHandle);
        if (status != NDIS_STATUS_SUCCESS) {
            break;
        }
        Globals.Scratch = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'torP');
        if (Globals.Scratch == NULL) {
            NdisDeregisterProtocolDriver(Globals.ProtocolHandle);
            status = NDIS_STATUS_RESOURCES;
            break;
        }
    } while (FALSE);
    return status;
}

VOID ProtUnload(PDRIVER_OBJECT DriverObject)
{
    PVOID scratch = Globals.Scratch;

    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(Globals.ProtocolHandle);
    ExFreePoolWithTag(scratch, 'torP');
}
