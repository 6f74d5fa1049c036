#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = ProtUnload;
    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
}

VOID ProtUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    NdisDeregisterProtocolDriver(ProtocolHandle);
}
