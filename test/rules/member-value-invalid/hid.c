// example: A HID minidriver that mistakes whose extension is meant
#include <wdm.h>
#include <hidport.h>

NTSTATUS RegisterWithHidclass(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};

    registration.Revision = 2;
    //                      ^ warning member-value-invalid: 'Revision' must be 'HID_REVISION'
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    registration.DeviceExtensionSize = sizeof(HID_DEVICE_EXTENSION);
    //                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning member-value-invalid: 'DeviceExtensionSize' must not be the size of 'HID_DEVICE_EXTENSION'
    return HidRegisterMinidriver(&registration);
}
