#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static NDIS_HANDLE DeviceHandle;
static PDEVICE_OBJECT ControlDevice;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    FillAttributes(&attributes);
    status = NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &chars, &FilterHandle);
    //       ^^^^^^^^^^^^^^^^^^^^^^^^^ warning unload-routine-missing: driver registers a filter driver but never sets 'DriverUnload'
    if (status != NDIS_STATUS_SUCCESS)
    {
        return status;
    }
    status = NdisRegisterDeviceEx(FilterHandle, &attributes, &ControlDevice, &DeviceHandle);
    if (status != NDIS_STATUS_SUCCESS)
    {
        NdisFDeregisterFilterDriver(FilterHandle);
    }
    return status;
}
