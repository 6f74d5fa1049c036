#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtUnload;
VOID ProtSaveHandle(NDIS_HANDLE *Handle);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = ProtUnload;
    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
}

// Nobody knows what the unseen function puts into the variable.
VOID ProtUnload(PDRIVER_OBJECT DriverObject)
{
    NDIS_HANDLE filter;

    UNREFERENCED_PARAMETER(DriverObject);
    ProtSaveHandle(&filter);
    NdisFDeregisterFilterDriver(filter);
    NdisDeregisterProtocolDriver(ProtocolHandle);
}
