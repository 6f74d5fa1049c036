#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    FillCharacteristics(&chars);
    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    NdisDeregisterProtocolDriver(ProtocolHandle);
    if (DriverObject->DeviceObject != NULL) {
        IoDeleteDevice(DriverObject->DeviceObject);
    }
}
