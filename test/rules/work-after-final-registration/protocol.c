#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static PDEVICE_OBJECT ControlDevice;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;
NTSTATUS CreateControlDevice(PDRIVER_OBJECT DriverObject);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    FillCharacteristics(&chars);
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    if (!NT_SUCCESS(status)) {
        goto Exit;
    }
    status = CreateControlDevice(DriverObject);
//           ^^^^^^^^^^^^^^^^^^^ hint work-after-final-registration: 'CreateControlDevice' can fail after 'NdisRegisterProtocolDriver' (line 18); register the protocol driver last
    if (!NT_SUCCESS(status)) {
        NdisDeregisterProtocolDriver(ProtocolHandle);
        goto Exit;
    }

Exit:
    return status;
}

NTSTATUS CreateControlDevice(PDRIVER_OBJECT DriverObject)
{
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &ControlDevice);
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    IoDeleteDevice(ControlDevice);
}
