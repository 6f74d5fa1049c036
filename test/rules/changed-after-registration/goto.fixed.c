#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STRING name = NDIS_STRING_CONST("SAMPLE");
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    FillCharacteristics(&chars);
    chars.Name = name;
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        goto Exit;
    }

Exit:
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
}
