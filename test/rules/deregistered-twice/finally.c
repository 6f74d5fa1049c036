#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    BOOLEAN isRegistered = FALSE;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    FillCharacteristics(&chars);
    __try {
        status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
        if (!NT_SUCCESS(status)) {
            __leave;
        }
        isRegistered = TRUE;
        status = StartBindings(ProtocolHandle);
        if (!NT_SUCCESS(status)) {
            NdisDeregisterProtocolDriver(ProtocolHandle);
        }
    } __finally {
        if (!NT_SUCCESS(status) && isRegistered) {
            NdisDeregisterProtocolDriver(ProtocolHandle);
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error deregistered-twice: 'NdisDeregisterProtocolDriver' is called a second time for a registration that is undone already (line 25)
        }
    }
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
}
